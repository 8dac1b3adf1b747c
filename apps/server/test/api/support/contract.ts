import { existsSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "@firstline/contracts";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Answer, TestApp } from "../../harness/index.ts";

const ERROR_PAGES = join(import.meta.dirname, "../../../../../docs/errors");

export interface Operation {
  method: string;
  /** As printed: `/api/v1/conversations/{id}`. */
  path: string;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
  requestBody?: { content: Record<string, { schema: object }> };
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[];
}

export interface Contract {
  operations: Operation[];
  /** @throws when an answer is not what the API's own description says of it. */
  check(method: string, path: string, answer: Answer): void;
}

/** Reads `/api/v1/openapi.json` of a server and judges its answers by it; problem documents by their own schema and pages. */
export async function readContract(t: Pick<TestApp, "inject">): Promise<Contract> {
  const spec = (await t.inject({ method: "GET", url: "/api/v1/openapi.json" })).json() as {
    paths: Record<string, Record<string, Omit<Operation, "method" | "path">>>;
  };
  const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
  ajv.addSchema(spec, "spec");
  const compiled = new Map<string, ValidateFunction>();
  // Fixed addresses stand before those with parameters, as in the router.
  const byAddress = operations
    .map((operation) => ({
      operation,
      pattern: patternOf(operation.path),
      variables: operation.path.split("{").length,
    }))
    .sort((a, b) => a.variables - b.variables);

  return {
    operations,
    check(method, path, answer) {
      const plain = path.split("?")[0]!;
      if (answer.status >= 400) return checkProblem(method, path, answer);
      const found = byAddress.find((one) => one.operation.method === method && one.pattern.test(plain));
      if (!found) throw new Error(`${method} ${plain} answers ${answer.status} but is not in openapi.json`);
      const { operation } = found;
      const described = Object.values(operation.responses).some((r) => r.content?.["application/json"]);
      if (!described) return;
      const schema = operation.responses[answer.status]?.content?.["application/json"];
      if (!schema) {
        if (answer.status === 204 && answer.text === "") return;
        throw new Error(`${method} ${operation.path} answers ${answer.status}, which openapi.json does not know`);
      }
      const pointer = [
        "paths",
        operation.path,
        method.toLowerCase(),
        "responses",
        String(answer.status),
        "content",
        "application/json",
        "schema",
      ];
      const ref = `spec#/${pointer.map((p) => encodeURIComponent(p.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
      const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
      compiled.set(ref, validate);
      if (!validate(answer.json))
        throw new Error(
          `${method} ${path} is not what openapi.json says: ${ajv.errorsText(validate.errors)}\n${answer.text.slice(0, 2000)}`,
        );
    },
  };
}

function checkProblem(method: string, path: string, answer: Answer): void {
  if (!String(answer.headers["content-type"]).startsWith("application/problem+json"))
    throw new Error(`${method} ${path}: ${answer.status} without a problem document: ${answer.text.slice(0, 300)}`);
  const problem = Problem.parse(answer.json);
  if (problem.status !== answer.status)
    throw new Error(`${method} ${path}: status ${answer.status}, problem says ${problem.status}`);
  if (problem.type !== `/docs/errors/${problem.code}`)
    throw new Error(`${method} ${path}: odd problem type ${problem.type}`);
  if (!existsSync(join(ERROR_PAGES, `${problem.code}.md`)))
    throw new Error(`${method} ${path}: no page docs/errors/${problem.code}.md`);
  for (const text of [problem.title, problem.detail, problem.fix])
    if (text.trim() === "") throw new Error(`${method} ${path}: an empty text in ${answer.text}`);
}

/** The same server whose every {@link TestApp.call} to the API is judged by its description. */
export async function withContract<T extends TestApp>(t: T): Promise<T & { contract: Contract }> {
  const contract = await readContract(t);
  const call: TestApp["call"] = async (method, path, options) => {
    const answer = await t.call(method, path, options);
    const full = /^\/(api\/|webhooks\/|healthz|readyz|metrics)/.test(path) ? path : `/api/v1${path}`;
    if (full.startsWith("/api/v1/")) contract.check(method, full, answer as Answer);
    return answer as never;
  };
  return { ...t, call, contract };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}$`);
}

const FORMATS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /^[^@\s]+@[^@\s]+$/,
};
