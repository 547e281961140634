export { otelSink, type OtelSinkOptions } from './otel.sink.js';
