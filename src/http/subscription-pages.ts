import { createHash } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import { Html, html } from '../digest/html-parts.ts';
import { scheduleWords } from '../digest/subscription-mail.ts';
import type { SubscriptionStore } from '../domain/ports/subscription-store.ts';
import type { Subscription } from '../domain/subscription.ts';
import { AppError } from '../lib/app-error.ts';

const CSS = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:560px;margin:12vh auto;padding:0 1.25rem}
h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.1rem;border-radius:8px;border:1px solid #8888;cursor:pointer}form{margin:1.5rem 0}`;
const STYLES = createHash('sha256').update(CSS).digest('base64');

/**
 * The pages behind the links of a subscription's mails, which need no login: whoever has the link reads that mail. Looking changes nothing, as
 * mail scanners look at every link; a POST does, and the one of RFC 8058 comes from the mail program itself.
 */
export function subscriptionPages({ subscriptions }: { readonly subscriptions: SubscriptionStore }): Router {
  const router = Router();
  const find = async ({ params }: Request): Promise<Subscription> => {
    const token = String(params['token']);
    const found = /^[\w-]{32}$/.test(token) ? await subscriptions.findByToken(token) : null;
    if (found === null) throw new AppError('not-found', 'This link is not valid any more');
    return found;
  };
  router.use('/subscriptions', express.urlencoded({ extended: false, limit: '2kb' }));
  router.get('/subscriptions/:token{/end}', async (request, response) => {
    show(response, await find(request));
  });
  router.post('/subscriptions/:token/confirm', async (request, response) => {
    const { token } = await find(request);
    await subscriptions.confirm(token);
    show(response, await find(request));
  });
  router.post('/subscriptions/:token/end', async (request, response) => {
    const { id, email } = await find(request);
    await subscriptions.end(id, email);
    show(response, await find(request));
  });
  return router;
}

function show(response: Response, { token, state, digest, ...subscription }: Subscription): void {
  const end = button(`/subscriptions/${token}/end`, state === 'pending' ? 'No, thank you' : 'End it');
  const schedule = scheduleWords(subscription);
  const body = {
    pending: html`<h1>Do you want this digest by mail?</h1><p>“${digest}”, ${schedule}, to ${subscription.email}.</p>${button(`/subscriptions/${token}/confirm`, 'Yes, send it')}${end}`,
    active: html`<h1>You get this digest by mail</h1><p>“${digest}”, ${schedule}, to ${subscription.email}.</p>${end}`,
    ended: html`<h1>You get no further mail of this digest</h1><p>“${digest}” does not go to ${subscription.email} any more.</p>`,
  }[state];
  response
    .set(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'sha256-${STYLES}'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`,
    )
    .type('html')
    .send(`<!doctype html>${page(body).markup}`);
}

function page(body: Html): Html {
  return html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>Earshot digest</title><style>${new Html(CSS)}</style></head><body><main>${body}</main></body></html>`;
}

function button(action: string, name: string): Html {
  return html`<form method="post" action="${action}"><button>${name}</button></form>`;
}
