/** The documentation page: Swagger UI, with what it lacks for people who see little, or use a keyboard or a screen reader. */

export const PAGE = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API documentation</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/index.css">
    <link rel="stylesheet" href="/docs/contrast.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" sizes="32x32">
    <link rel="icon" type="image/png" href="/docs/favicon-16x16.png" sizes="16x16">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/initializer.js"></script>
  </body>
</html>
`;

/** Colours with a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const STYLE = `
.swagger-ui .opblock .opblock-summary-method,
.swagger-ui .info .title small pre,
.swagger-ui .info .title small.version-stamp pre { color: #000; text-shadow: none; }
.swagger-ui .info .url, .swagger-ui .info a { color: #1a5fb4; }
.swagger-ui .btn.authorize, .swagger-ui .btn.authorize span { color: #14693f; }
.swagger-ui .btn.cancel { color: #b00020; border-color: #b00020; }
.swagger-ui .btn.execute { background: #1a5fb4; border-color: #1a5fb4; }
.swagger-ui .download-contents { background: #4a5060; }
.swagger-ui .microlight span[style*='211, 99, 99'] { color: #f2a3a3 !important; }
.swagger-ui .parameter__in, .swagger-ui .parameter__type, .swagger-ui .prop-format,
.swagger-ui .json-schema-2020-12-expand-deep-button { color: #595959; }
`;

/** Beside starting the page: the operations' buttons hold no second control, fields have names, headings go down step by step. */
export const INITIALIZER = `const root = document.getElementById('swagger-ui');
const LEVELS = [['h3', '2'], ['h4', '3'], ['h5', '4']];
const withoutInnerLinks = () => ({
  wrapComponents: { DeepLink: (_Link, { React }) => ({ text }) => React.createElement('span', null, text) },
});
function describe() {
  for (const field of root.querySelectorAll('textarea:not([aria-label]), select:not([aria-label])')) {
    const parameter = field.closest('tr')?.querySelector('.parameter__name')?.textContent;
    field.setAttribute('aria-label', parameter ?? (field.tagName === 'TEXTAREA' ? 'Request body' : 'Selection'));
  }
  for (const [heading, level] of LEVELS) {
    for (const element of root.querySelectorAll(heading + ':not([aria-level])')) element.setAttribute('aria-level', level);
  }
  root.querySelector('.information-container')?.setAttribute('role', 'banner');
}
new MutationObserver(describe).observe(root, { childList: true, subtree: true });
window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  defaultModelsExpandDepth: -1,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [withoutInnerLinks],
  layout: 'BaseLayout',
});
`;
