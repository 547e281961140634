// An application whose log is read with the page beside this file, and not with the module's own.
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { join } from 'node:path';
import { LogConsoleModule } from 'nestjs-log-console';

class AppModule {}
Module({ imports: [LogConsoleModule.forRoot({ ui: false })] })(AppModule);

const app = await NestFactory.create(AppModule);
// Where the module would serve its own: the API is beside it.
app.useStaticAssets(join(import.meta.dirname, 'public'), { prefix: '/log-console' });
await app.listen(process.env.PORT ?? 3000);
console.log(`listening at ${await app.getUrl()}`);
