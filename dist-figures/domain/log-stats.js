/** The injection token of {@link LogStatsProvider}. */
export const LogStatsProvider = Symbol('LogStatsProvider');
