/** The version of this package. A bundle has no package.json to read it from. */
export const PACKAGE_VERSION = '0.1.0';
