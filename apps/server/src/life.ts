/** What one process does: `--roles=web,worker`. */
export interface Roles {
  /** Answers HTTP. */
  web: boolean;
  /** Works off deliveries, sends and jobs. */
  worker: boolean;
}

/** What a module gives the program beside its routes. */
export interface ModuleLife {
  start?(roles: Roles): Promise<void> | void;
  stop?(): Promise<void> | void;
}
