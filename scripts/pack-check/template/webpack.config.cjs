// Everything goes into the one file, but what Nest loads only where it is installed.
const OPTIONAL = [
  /^@nestjs\/(microservices|websockets|platform-)(?!express)/,
  /^class-transformer/,
  /^@fastify\//,
];

module.exports = (options) => ({
  ...options,
  resolve: { ...options.resolve, extensionAlias: { '.js': ['.ts', '.js'] } },
  externals: [
    ({ request }, done) =>
      OPTIONAL.some((name) => name.test(request)) ? done(null, `commonjs ${request}`) : done(),
  ],
});
