// imapflow as a web mail uses it: client.mjs PORT USER PASSWORD
import assert from 'node:assert/strict';
import { ImapFlow } from 'imapflow';

const [port, user, pass] = process.argv.slice(2);
const client = () =>
    new ImapFlow({ host: 'localhost', port: Number(port), secure: true, auth: { user, pass }, logger: false });

const mail = client();
await mail.connect();
assert.ok(mail._inflate, 'COMPRESS=DEFLATE is announced, so it compresses');
await mail.mailboxCreate('Made/Here');
await mail.mailboxOpen('INBOX');

const seen = {};
for await (const each of mail.fetch('1:*', { uid: true, envelope: true, bodyStructure: true })) {
    seen[each.envelope.subject] = each;
}
assert.deepEqual(Object.keys(seen).sort(), ['move-me', 'read-me']);
assert.equal(seen['read-me'].bodyStructure.type, 'text/plain');

const uid = { uid: true };
const { content } = await mail.download(seen['read-me'].uid, '1', uid);
let text = '';
for await (const piece of content) text += piece;
assert.equal(text.trim(), 'The body of read-me.');
assert.ok(await mail.messageFlagsAdd(seen['read-me'].uid, ['\\Seen', '\\Flagged'], uid));

const moved = await mail.messageMove(seen['move-me'].uid, 'Made/Here', uid);
assert.equal(moved.uidMap.get(seen['move-me'].uid), 1);

const heard = new Promise((resolve) => mail.once('exists', resolve));
const idle = mail.idle();
const other = client();
await other.connect();
await other.append('INBOX', 'Subject: from elsewhere\r\n\r\nHello.\r\n');
await other.logout();
const { count, prevCount } = await heard;
assert.deepEqual([prevCount, count], [1, 2]);
assert.ok(await mail.messageDelete('2'));
await idle;
await mail.logout();
