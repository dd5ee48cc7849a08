/** What a figure of Observable Plot needs before it is put into a page. */

export interface FigureCure {
  /** Name of the image; without one it is hidden from assistive technology. */
  readonly label?: string | undefined;
  /** Nonce of the page's Content-Security-Policy. */
  readonly nonce?: string | undefined;
}

/**
 * Makes a figure fit for the page, in place.
 *
 * Its `<style>` elements get the nonce, or the policy would block them. Its groups lose their names, which ARIA does not allow on an
 * element without a role, and which would read out hundreds of marks.
 */
export function cureFigure(figure: Element, { label, nonce }: FigureCure): Element {
  for (const style of figure.querySelectorAll('style')) style.setAttribute('nonce', nonce ?? '');
  for (const group of figure.querySelectorAll('[aria-label], [aria-description]')) {
    group.removeAttribute('aria-label');
    group.removeAttribute('aria-description');
  }
  if (label === undefined) figure.setAttribute('aria-hidden', 'true');
  else {
    figure.setAttribute('role', 'img');
    figure.setAttribute('aria-label', label);
  }
  return figure;
}
