/** Types of what Next's bundler imports beside code (style sheets, images): the type check needs no build before it. */
/// <reference types="next" />
/// <reference types="next/image-types/global" />
