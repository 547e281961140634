import { metricsText, type Metric } from './metrics-text.js';

const metric = (more: Partial<Metric>): Metric => ({
  name: 'a_total',
  help: 'It.',
  type: 'counter',
  samples: [],
  ...more,
});

describe('Metrics as text', () => {
  it.each<[string, Metric[], string]>([
    [
      'one without labels',
      [metric({ samples: [{ value: 3 }] })],
      '# HELP a_total It.\n# TYPE a_total counter\na_total 3\n',
    ],
    [
      'some with labels',
      [
        metric({
          type: 'gauge',
          samples: [
            { labels: { a: 'x', b: 'y' }, value: 0 },
            { labels: { a: 'z' }, value: 2 ** 53 },
          ],
        }),
      ],
      '# HELP a_total It.\n# TYPE a_total gauge\na_total{a="x",b="y"} 0\na_total{a="z"} 9007199254740992\n',
    ],
    ['none where there is no number', [metric({})], ''],
    [
      'labels and help that would break out of their line',
      [metric({ help: 'a\\b\nc "d"', samples: [{ labels: { a: 'q"\\\n' }, value: 1 }] })],
      '# HELP a_total a\\\\b\\nc "d"\n# TYPE a_total counter\na_total{a="q\\"\\\\\\n"} 1\n',
    ],
  ])('%s', (_what, metrics, text) => {
    expect(metricsText(metrics)).toBe(text);
  });
});
