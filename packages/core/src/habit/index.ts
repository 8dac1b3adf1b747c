export { findSilence, HABIT_WEEKS, type HabitFacts, type Silence } from "./find-silence.ts";
