/** A JSON request. `path` begins with a slash. @throws Error with the answer, for every status from 400 on. */
export type Call = <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;

export function caller(base: string, headers: Record<string, string> = {}): Call {
  return async <T>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 400)}`);
    return (text ? JSON.parse(text) : null) as T;
  };
}
