// nodemailer as an application uses it: client.mjs PORT USER PASSWORD SUBJECT TO FILE
import nodemailer from 'nodemailer';

const [port, user, pass, subject, to, path] = process.argv.slice(2);
const transport = nodemailer.createTransport({
    host: 'localhost', port: Number(port), secure: true, auth: { user, pass }
});
try {
    await transport.sendMail({ from: user, to, subject, text: 'See the file.', attachments: [{ path }] });
} catch (error) {
    console.error(error.message);
    process.exit(1);
}
