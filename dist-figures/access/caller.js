const admissions = new WeakMap();
/** Keeps the admission of a request for its handler. */
export function admit(request, admission) {
    admissions.set(request, admission);
}
/** The admission of a request that passed the guard. */
export function admissionOf(request) {
    const admission = admissions.get(request);
    if (!admission)
        throw new Error('The request did not pass the guard.');
    return admission;
}
