// A real mail server (npm's smtp-server) that keeps what it is given: one JSON file a message, parsed by mailparser, beside the bytes as they came.
// Argument: {"port": …, "folder": …, "tls": "none" | "starttls" | "implicit", "user": …, "password": …}.
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const options = JSON.parse(process.argv[2]);
let count = 0;

const server = new SMTPServer({
  secure: options.tls === 'implicit',
  disabledCommands: options.tls === 'none' ? ['STARTTLS'] : [],
  authOptional: !options.user,
  allowInsecureAuth: true,
  onAuth: (auth, session, done) =>
    auth.username === options.user && auth.password === options.password ? done(null, { user: auth.username }) : done(new Error('Invalid username or password')),

  // Two addresses answer as full and as closed mailboxes do.
  onRcptTo: (address, session, done) => {
    const name = address.address.split('@')[0];
    if (name === 'nobody' || name === 'later') {
      const error = new Error(name === 'nobody' ? 'No such mailbox' : 'Mailbox is busy');
      error.responseCode = name === 'nobody' ? 550 : 450;
      return done(error);
    }

    return done();
  },
  onData: (stream, session, done) => {
    const chunks = [];
    stream.on('data', chunk => chunks.push(chunk));
    stream.on('end', async () => {
      const raw = Buffer.concat(chunks);
      const mail = await simpleParser(raw);
      const file = join(options.folder, `${String(++count).padStart(5, '0')}.json`);
      const kept = {
        recipients: session.envelope.rcptTo.map(to => to.address),
        sender: session.envelope.mailFrom.address,
        secure: session.secure,
        user: session.user ?? null,
        headers: mail.headerLines.map(line => line.key),
        subject: mail.subject ?? '',
        from: mail.from?.text ?? '',
        to: mail.to?.text ?? '',
        cc: mail.cc?.text ?? '',
        messageId: mail.messageId ?? '',
        text: mail.text ?? '',
        html: mail.html || '',
        raw: raw.toString('latin1'),
      };
      await writeFile(`${file}.part`, JSON.stringify(kept));
      await rename(`${file}.part`, file);
      done();
    });
  },
});
server.on('error', () => {});
server.listen(options.port, '127.0.0.1', () => console.log('listening'));
