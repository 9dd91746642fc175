import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { PASSWORD } from '../../people/people-rig.ts';
import type { TestAccount } from './people-collector.ts';

/** What a request of a browser is made of. */
export interface BrowserRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PATCH' | 'PUT';
  /** Fields of a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As much of a browser as the pages need: it keeps cookies, sends forms, and says that it wants pages. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #server: FastifyInstance;

  constructor(server: FastifyInstance) {
    this.#server = server;
  }

  /** Sends one request; redirections are for the test to see. */
  async send(
    url: string,
    { method = 'GET', form, headers = {} }: BrowserRequest = {},
  ): Promise<LightMyRequestResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#server.inject({
      method,
      url,
      headers: {
        accept: 'text/html,application/xhtml+xml',
        host: '127.0.0.1:8640',
        ...(cookie === '' ? {} : { cookie }),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form === undefined ? {} : { payload: new URLSearchParams(form).toString() }),
    });
    for (const { name, value } of answer.cookies) {
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, encodeURIComponent(value));
    }
    return answer;
  }

  /** Sends a form with the token that its page holds. */
  async submit(page: string, url: string, form: Readonly<Record<string, string>>): Promise<LightMyRequestResponse> {
    const { body } = await this.send(page);
    const token = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
    return this.send(url, { method: 'POST', form: { ...form, _csrf: token } });
  }

  /** Signs in whole, with the second factor of an administrator. */
  async signIn({ loginName, code }: TestAccount): Promise<void> {
    await this.send('/login', { method: 'POST', form: { loginName, password: PASSWORD } });
    if (code() !== '') await this.submit('/login/code', '/login/code', { code: code() });
  }
}
