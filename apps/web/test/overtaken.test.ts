import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { readAgain, rememberOvertaking } from "../src/lib/overtaken.ts";

/** A query whose answers are given by hand. */
function asked(client: QueryClient) {
  const answers: ((rows: string[]) => void)[] = [];
  const observer = new QueryObserver<string[]>(client, {
    queryKey: ["conversations", "list"],
    queryFn: () => new Promise((resolve) => answers.push(resolve)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const stop = observer.subscribe(() => {});
  return { answers, stop, rows: () => client.getQueryData<string[]>(["conversations", "list"]) };
}
const settle = () => new Promise((resolve) => setTimeout(resolve));
const put = (client: QueryClient) => (row: string) =>
  client.setQueryData<string[]>(["conversations", "list"], (rows) => rows && [...new Set([...rows, row])]);

test("an event told while the first answer is on its way is not lost behind it", async () => {
  const client = new QueryClient();
  const overtaking = rememberOvertaking<string>(client, put(client));
  const { answers, stop, rows } = asked(client);
  put(client)("new");
  overtaking.tell("new");
  answers[0]?.(["old"]);
  await settle();
  expect(rows()).toEqual(["old", "new"]);
  stop();
  overtaking.stop();
});

test("an event told during a repeat is not written over by its older answer", async () => {
  const client = new QueryClient();
  const overtaking = rememberOvertaking<string>(client, put(client));
  const { answers, stop, rows } = asked(client);
  answers[0]?.(["old"]);
  await settle();
  void client.invalidateQueries();
  put(client)("new");
  overtaking.tell("new");
  answers[1]?.(["old"]);
  await settle();
  expect(rows()).toEqual(["old", "new"]);
  stop();
  overtaking.stop();
});

test("a first answer asked before the stream began is asked for once more", async () => {
  const client = new QueryClient();
  const { answers, stop, rows } = asked(client);
  readAgain(client);
  answers[0]?.(["before"]);
  await settle();
  expect(answers).toHaveLength(2);
  answers[1]?.(["before", "between"]);
  await settle();
  expect(rows()).toEqual(["before", "between"]);
  stop();
});
