import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  HttpStatus,
  Post,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBadRequestResponse,
  ApiExcludeEndpoint,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { LogConsoleService } from 'nestjs-log-console';
import { Problem } from '../common/problem.js';
import { CatalogueImportDto } from './catalogue-import.dto.js';
import { CATALOGUE_IMPORT_PAGE } from './catalogue-import.page.js';
import { CatalogueImportService } from './catalogue-import.service.js';
import { StartedDto } from './started.dto.js';

/** What Express and Fastify have in common with what is needed here. */
interface Answer {
  header(name: string, value: string): unknown;
}

/** A long-running operation that is started from a request: by a program, or by somebody in front of a page. */
@ApiTags('receiving')
@Controller('receiving/catalogue-imports')
export class CatalogueImportController {
  constructor(
    private readonly imports: CatalogueImportService,
    private readonly logConsole: LogConsoleService,
  ) {}

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiExcludeEndpoint()
  page(): string {
    return CATALOGUE_IMPORT_PAGE;
  }

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ operationId: 'importCatalogue', summary: "Import a supplier's catalogue" })
  @ApiAcceptedResponse({ type: StartedDto, description: 'It runs; Location says where it can be followed' })
  @ApiBadRequestResponse({ type: Problem, description: 'A field is wrong' })
  start(@Body() wanted: CatalogueImportDto, @Res({ passthrough: true }) answer: Answer): StartedDto {
    const { id } = this.imports.start(wanted);
    answer.header('Location', `/log-console/api/operations/${id}`);
    return { id };
  }

  @Post('live')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    operationId: 'watchCatalogueImport',
    summary: 'The same, answered with its lines as they come',
  })
  @ApiOkResponse({
    description: 'The lines of the import, until it ends',
    content: { 'text/html': { schema: { type: 'string' } } },
  })
  @ApiBadRequestResponse({ type: Problem, description: 'A field is wrong' })
  watch(@Body() wanted: CatalogueImportDto): StreamableFile {
    return this.logConsole.tail(this.imports.start(wanted), { format: 'html' });
  }
}
