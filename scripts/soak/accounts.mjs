import { print } from './print.mjs';

/** What each kind of reader did and got. */
export function printAccounts(accounts) {
  const columns = ['readers', 'connections', 'stalls', 'ended', 'gaps', 'delivered', 'missed'];
  print(
    ['kind', ...columns, 'filtered out', 'exact'],
    accounts.map((kind) => [
      kind.name,
      ...columns.map((column) => kind[column]),
      kind.range - kind.delivered - kind.missed,
      kind.problems.length === 0 ? 'ok' : 'NOT OK',
    ]),
  );
}

export function accountsProblems(accounts) {
  return accounts.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
}
