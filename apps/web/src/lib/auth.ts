import { ApiProblem, problemOf, unreachable } from "./api.ts";
import { thisDevice, unsubscribe } from "./push.ts";

/** The session client is loaded when it is needed: people who are signed in never need it. */
async function client() {
  const { createAuthClient } = await import("better-auth/client");
  return createAuthClient({ basePath: "/api/auth" });
}

interface AuthError {
  status?: number;
  statusText?: string;
  code?: string;
  message?: string;
}

function fail(error: AuthError): never {
  if (!error.status) throw unreachable(error.message ?? "");
  const problem = problemOf(error.status, null).problem;
  throw new ApiProblem({
    ...problem,
    code: (error.code ?? problem.code).toLowerCase(),
    detail: error.message ?? problem.detail,
  });
}

/** Signs in with e-mail and password. Throws an {@link ApiProblem}: 401 when the pair is not right, 429 after many tries. */
export async function signIn(email: string, password: string): Promise<void> {
  const auth = await client();
  let answer: { error: AuthError | null };
  try {
    answer = await auth.signIn.email({ email, password, rememberMe: true });
  } catch (cause) {
    throw unreachable(cause);
  }
  if (answer.error) fail(answer.error);
}

/** Whoever uses this browser next is not told what was for this person. */
export async function signOut(): Promise<void> {
  if (thisDevice()) await unsubscribe().catch(() => {});
  const { error } = await (await client()).signOut();
  if (error) fail(error);
}

/** Changes the own password and ends every other session. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const { error } = await (await client()).changePassword({ currentPassword, newPassword, revokeOtherSessions: true });
  if (error) fail(error);
}
