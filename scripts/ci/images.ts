/** Prints the tags of our images, a line each. */
import { IMAGES } from '../images/catalogue.ts';

process.stdout.write(IMAGES.flatMap(({ tags }) => tags.map((tag) => `${tag}\n`)).join(''));
