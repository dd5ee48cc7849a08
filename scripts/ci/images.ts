/** Prints the tags of our images, a line each; with `--all`, of those too that are built only where they are named. */
import { IMAGES, OTHER_IMAGES } from '../images/catalogue.ts';

const images = process.argv.includes('--all') ? [...IMAGES, ...OTHER_IMAGES] : IMAGES;
process.stdout.write(images.flatMap(({ tags }) => tags.map((tag) => `${tag}\n`)).join(''));
