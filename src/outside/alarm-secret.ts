import { randomBytes } from 'node:crypto';

/** What alarms are signed with; sender and receiver are the same process here. */
export const ALARM_SECRET = `whsec_${randomBytes(24).toString('base64')}`;
