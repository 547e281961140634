import { onlyInstance, type InstanceList, type ProcessIdentity } from '../../domain/log-instances.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LogRecord } from '../../domain/log-entry.js';
import { type RedisDriver } from './driver.js';
import { factsFrom, GONE_AFTER_MS, instancesFrom, type MemberFacts } from './members.js';
import { type RedisLog } from './redis-log.js';

const BEAT_MS = 5000;

export interface MembershipOptions {
  readonly writer: string;
  /** Absent for one that takes part in silence, and is not listed. */
  readonly process: ProcessIdentity | undefined;
  /** How far its lines have come, and which levels it has. */
  readonly progress: () => Pick<MemberFacts, 'behind' | 'dropped' | 'levels'>;
  /** Logs what others are to know. */
  readonly say: (record: LogRecord) => void;
}

/** This process among those that share the log: it says that it is there, and who is not any more. */
export class Membership {
  readonly #log: RedisLog;
  readonly #driver: RedisDriver;
  readonly #options: MembershipOptions;
  readonly #beat: NodeJS.Timeout;
  #writers = 1;
  #upSince = Infinity;
  #hasJoined = false;
  #isOver = false;

  constructor(log: RedisLog, driver: RedisDriver, options: MembershipOptions) {
    this.#log = log;
    this.#driver = driver;
    this.#options = options;
    this.#beat = setInterval(() => void this.tend(), BEAT_MS).unref();
    driver.onChange((isUp) => {
      this.#upSince = isUp ? performance.now() : Infinity;
      // Another server process begins a generation: who follows learns of it also where nothing is logged.
      if (isUp) void this.tend();
    });
  }

  /** How many processes write. */
  get writers(): number {
    return this.#writers;
  }

  /** Says that it is there. */
  async tend(): Promise<void> {
    if (!this.#driver.isUp || this.#isOver) return;
    const { writer } = this.#options;
    // After an outage the others are given as long to come back as this one had.
    const goneAfterMs = performance.now() - this.#upSince > GONE_AFTER_MS ? GONE_AFTER_MS : undefined;
    try {
      const { writers, state, gone } = await this.#log.tend(writer, { facts: this.#facts(), goneAfterMs });
      this.#writers = writers;
      if (this.#isOver) return;
      this.#tell(state);
      for (const facts of gone) this.#tellGone(factsFrom(facts)?.name);
    } catch {
      // It is away, or will not be written to: the shipper has the same trouble, and waits.
    }
  }

  /** Who is there; only this process where Redis cannot be asked. */
  async list(): Promise<InstanceList> {
    const { process, writer } = this.#options;
    if (!process) return { instances: [] };
    const alone = onlyInstance(process).instances[0];
    const { behind, dropped } = this.#options.progress();
    const self = { ...alone, behind, dropped };
    if (this.#driver.isUp) {
      try {
        const members = await this.#log.members();
        const facts = new Map(members.facts).set(writer, this.#facts());
        const up = new Map(members.up).set(writer, members.now);
        return { instances: instancesFrom({ ...members, up, facts }) };
      } catch {
        // As below.
      }
    }
    return { instances: [self], degraded: true };
  }

  /** Says that it leaves, while that can still be shipped. */
  announceLeave(): void {
    clearInterval(this.#beat);
    this.#isOver = true;
    if (this.#hasJoined && this.#driver.isUp) this.#say('log', 'left');
  }

  /** Takes itself off the list of those who are up; others find out by themselves where that takes too long. */
  async leave(withinMs: number): Promise<void> {
    if (!this.#driver.isUp) return;
    const { writer } = this.#options;
    const left = this.#log.tend(writer, { facts: this.#facts(), leaves: true }).catch(() => undefined);
    await Promise.race([left, sleep(withinMs, undefined, { ref: false })]);
  }

  #facts(): string {
    const { process, progress } = this.#options;
    return process ? JSON.stringify({ ...process, ...progress() }) : '';
  }

  #tell(state: string): void {
    const { process } = this.#options;
    if (!process) return;
    if (!this.#hasJoined)
      this.#say('log', `joined (${process.host}, process ${process.pid}, version ${process.version})`);
    else if (state === 'back') this.#say('log', 'is back');
    this.#hasJoined = true;
  }

  #tellGone(name: string | undefined): void {
    if (name === undefined) return;
    const message = `${name} is gone: nothing was heard of it for ${GONE_AFTER_MS / 1000} seconds`;
    this.#options.say({ level: 'warn', context: 'LogConsole', message });
  }

  #say(level: LogRecord['level'], what: string): void {
    const { process, say } = this.#options;
    if (process) say({ level, context: 'LogConsole', message: `${process.name} ${what}` });
  }
}
