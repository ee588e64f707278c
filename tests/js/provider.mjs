/**
 * A real identity provider (oidc-provider, certified by the OpenID Foundation) for one client, on a port of its own.
 * Run: node provider.mjs PORT CLIENT SECRET REDIRECT. Prints a line once it answers. Any name and password are right.
 */
import { Provider } from "oidc-provider";

const [port, client, secret, redirect] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: [redirect], grant_types: ["authorization_code"] }],
  claims: { openid: ["sub"], profile: ["preferred_username", "name"] },
  conformIdTokenClaims: false,
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: `${id}@corp.example`, name: id }) }),
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
