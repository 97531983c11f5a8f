import { createTransport } from 'nodemailer';
import type { Channel } from './notify.ts';
import { messageId, sentence } from './notify.ts';

const TIMEOUT_MS = 20_000;

/**
 * Mails a change of state over SMTP (RFC 5321), text only. The server is the operator's own, given by URL
 * (`smtp://user:password@host:587`, `smtps://…`), so it may stand in a private network: the one way out besides the gate.
 */
export function createMail({ smtpUrl, to, from }: { smtpUrl: string; to: string; from: string }): Channel {
  return {
    name: 'mail',
    async send(change) {
      const transport = createTransport({
        url: smtpUrl,
        connectionTimeout: TIMEOUT_MS,
        greetingTimeout: TIMEOUT_MS,
        socketTimeout: TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        await transport.sendMail({
          from,
          to,
          subject: `Credatlas: ${change.source} is ${change.to}`,
          text: `${sentence(change)}\n\nSee: credatlas status ${change.source}${change.to === 'held' ? '; credatlas holds' : ''}\n`,
          messageId: `<${messageId(change)}@credatlas.invalid>`,
          // RFC 3834: no answers from machines to machines.
          headers: { 'auto-submitted': 'auto-generated' },
        });
      } finally {
        transport.close();
      }
    },
  };
}
