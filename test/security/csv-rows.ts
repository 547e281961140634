/** The rows of a text by RFC 4180; throws where it is broken. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell);
    if (text.startsWith('\r\n', end)) {
      rows.push(row);
      row = [];
      at = end + 2;
    } else if (text[end] === ',') {
      at = end + 1;
    } else {
      throw new Error(`No comma and no line end at ${end}: ${JSON.stringify(text.slice(end, end + 20))}`);
    }
  }
  if (row.length > 0) throw new Error('The last row has no end.');
  return rows;
}

/** A cell in quotes that begins here, and where it ends. */
function quoted(text: string, from: number): [cell: string, end: number] {
  let cell = '';
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"' && text[at + 1] !== '"') return [cell, at + 1];
    if (text[at] === '"') at++;
    cell += text[at];
  }
  throw new Error('A quote is not closed.');
}

function plain(text: string, from: number): [cell: string, end: number] {
  const [cell] = /[^,"\r\n]*/y.exec(text.slice(from)) ?? [''];
  return [cell, from + cell.length];
}
