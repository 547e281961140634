import { SUPPLIERS } from '../receiving/suppliers.js';

const suppliers = SUPPLIERS.map((supplier) => `<option>${supplier}</option>`).join('');

/** A page without script: the import is started with a form, and its lines are the answer. */
export const CATALOGUE_IMPORT_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Import supplier catalogue</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark; }
  select, button { font: inherit; padding: 0.5rem 0.75rem; margin: 0 0.5rem 0.5rem 0; }
</style>
<h1>Import supplier catalogue</h1>
<p>It takes two minutes. What it does is shown while it does it, and goes on when this page is closed.</p>
<form method="post" action="catalogue-imports/live">
  <select name="supplier" aria-label="Supplier">${suppliers}</select>
  <button name="variant" value="complete">Import</button>
  <button name="variant" value="failing">Import one that fails</button>
</form>
</html>
`;
