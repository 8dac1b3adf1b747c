import { defaultFaults } from "../world/empty.ts";
import type { State } from "./types.ts";

/** Gives a state written by an earlier simulator the members added since, with the values that change nothing. */
export function upgrade(state: State): State {
  const today = defaultFaults();
  state.faults = {
    ...today,
    ...state.faults,
    versions: { ...today.versions, ...state.faults.versions },
    callbacks: { ...today.callbacks, ...state.faults.callbacks },
  };
  return state;
}
