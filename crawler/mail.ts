import { createTransport } from 'nodemailer';
import { RetryLater } from './errors.ts';
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
      } catch (error) {
        const { host } = new URL(smtpUrl);
        throw new RetryLater(
          `SMTP_URL ${host}: ${(error as Error).message.replace(/\.$/, '')}`,
          'Look at the mail server, or correct SMTP_URL, MAIL_TO and MAIL_FROM.',
          0,
          { cause: error },
        );
      } finally {
        transport.close();
      }
    },
  };
}
