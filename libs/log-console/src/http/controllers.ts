import { Controller, VERSION_NEUTRAL, type Type } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { assertAllDeclared } from '../access/requires.js';
import { EntriesController } from './entries.controller.js';
import { FilesController } from './files.controller.js';
import { InstancesController } from './instances.controller.js';
import { LevelsController } from './levels.controller.js';
import { OperationsController } from './operations.controller.js';
import { addSlashRoute, PageController } from './page.controller.js';
import { RedactionController } from './redaction.controller.js';
import { RequestsController } from './requests.controller.js';
import { SessionController } from './session.controller.js';
import { StatsController } from './stats.controller.js';

export interface MountOptions {
  readonly path: string;
  readonly ui: boolean;
  readonly openapi: boolean;
  readonly decorators: readonly ClassDecorator[];
}

/**
 * The controllers for one mount: subclasses, because a path put on the classes themselves would leak from one module
 * to the next. Neutral to versioning, so that `/v1` does not move them. A route without a declared role does not boot.
 */
export function controllersAt({ path, ui, openapi, decorators }: MountOptions): Type[] {
  return [
    EntriesController,
    FilesController,
    LevelsController,
    OperationsController,
    SessionController,
    StatsController,
    InstancesController,
    RedactionController,
    RequestsController,
    ...(ui ? [PageController] : []),
  ].map((base: Type) => {
    assertAllDeclared(base);
    const mounted = class extends base {};
    Object.defineProperty(mounted, 'name', { value: `LogConsole${base.name}` });
    for (const decorate of decorators) decorate(mounted);
    if (!openapi) ApiExcludeController()(mounted);
    Controller({ path, version: VERSION_NEUTRAL })(mounted);
    return mounted;
  });
}

/** What can only be mounted when the adapter is known; to be called before the routes are mapped. */
export function completeForFastify(mounted: readonly Type[]): void {
  for (const controller of mounted) {
    if (controller.prototype instanceof PageController) addSlashRoute(controller as Type<PageController>);
  }
}
