/** What all our controllers share. */
export declare function DocumentRoutes(): ClassDecorator;
export declare const DocumentEntries: () => MethodDecorator;
export declare const DocumentStream: () => MethodDecorator;
export declare const DocumentTail: () => MethodDecorator;
export declare const DocumentExport: () => MethodDecorator;
export declare const DocumentClear: () => MethodDecorator;
export declare const DocumentStats: () => MethodDecorator;
export declare const DocumentRedactionPreview: () => MethodDecorator;
export declare const DocumentSession: () => MethodDecorator;
export declare const DocumentSignIn: () => MethodDecorator;
export declare const DocumentSignOut: () => MethodDecorator;
