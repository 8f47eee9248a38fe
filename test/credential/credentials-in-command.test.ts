import { expect, it } from 'vitest';
import { credentialsInScript, credentialsInWords } from '../../src/credential/credentials-in-command.ts';
import { unmarked } from './unmarked.ts';

/** Words of a command, with blanks between them; a tilde stands for a blank in a word. */
function wordsOf(command: string): string[] {
  return command.split(' ').map((word) => word.replaceAll('~', ' '));
}

it.each([
  // Options that say what follows.
  'app --password «hunter22»',
  'app --db.password «kettle» --user kettle',
  'app -password «hunter22»',
  'app --password=«hunter22»',
  'app --password=«hunter22» kettle',
  'app --token «5f3c1d9a»',
  'app --password=true',
  'app --title 5f3c1d9a',
  'app --title=5f3c1d9a',
  'app --password --hunter22',
  'app --password',
  'app password hunter22',
  'app password=hunter22',
  'app -x=$y-password hunter22',
  'app --password=CHANGE_ME',
  // Logins.
  'app --auth a:«hunter22»',
  'app -auth a:«kettle»',
  'app --basic-auth=a:«kettle»',
  'app --creds=a:«kett»',
  'app --login=a:ket',
  'app --userpass=kettle',
  'app --auth a:xxxx',
  'app --auth a:{{x}}kettle',
  'app --auth a:$KETTLE',
  'app --auth a:~kettle',
  'app --auth http://kettle',
  'app --authority=a:kettle',
  'app --oauth=a:kettle',
  `app --${'x'.repeat(40)}-auth=a:kettle`,
  // Headers.
  'curl -H X-Api-Key:~«5f3c1d9a»',
  'curl -H X-Api-Key:«5f3c1d9a»',
  'curl --header X-Api-Key:~~~«5f3c1d9a»',
  'curl --header=X-Api-Key:~«5f3c1d9a»',
  'curl -H "X-Api-Key:~«5f3c1d9a»"',
  "curl -H 'X-Api-Key:~«5f3c1d9a»'",
  'curl -H !X-Api-Key:~5f3c1d9a',
  'curl -H X-Api-Key:~5f3c1d9a~more',
  'curl -H X-Title:~5f3c1d9a',
  'curl -H',
  'curl --headers=X-Api-Key:~5f3c1d9a',
  // Short options of programs.
  ...'mysql mysqladmin mysqldump mariadb mariadb-admin mariadb-dump'
    .split(' ')
    .map((name) => `${name} -p«kettle»`),
  ...'az buildah crane cqlsh docker helm mongorestore nerdctl oras podman rabbitmqadmin mongo mongosh mongodump sshpass'
    .split(' ')
    .map((name) => `${name} -p «kettle»`),
  ...'mosquitto_pub mosquitto_sub sqlcmd'.split(' ').map((name) => `${name} -P «kettle»`),
  ...'-u --user -U --proxy-user'.split(' ').map((name) => `curl ${name} a:«kettle»`),
  'etcdctl --user a:«kettle»',
  'sqlcmd -P«kettle»',
  'sshpass -p«kettle» ssh',
  'ldapsearch -w «kettle»',
  'redis-cli -a «kettle»',
  '/usr/bin/mysql -p«kettle»',
  'A=b AB=c mysql -p«kettle»',
  '/a=b/mysql -p«kettle»',
  'mysql -p',
  'mysql -p-kettle',
  'mysql -p «»kettle',
  'mongo -p --kettle',
  'mongo -p «kettle-»',
  'mongo -p$PASSWORD kettle',
  'ssh -p kettle',
  'ssh -pkettle',
  'ssh --user a:kettle',
  // Passwords by their place.
  'rabbitmqctl add_user app «kettle»',
  '/usr/sbin/rabbitmqctl change_password app «kettle»',
  'rabbitmqctl -q authenticate_user app «kettle»',
  'rabbitmqctl kettle',
  'rabbitmqctl list kettle',
  'rabbitmqctl add_user app',
  'rabbitmqctl add_user app CHANGE_ME',
  'rabbitmqctl xadd_user app kettle',
  'rabbitmqctl add_userx app kettle',
  'xrabbitmqctl add_user app kettle',
  'rabbitmqctlx add_user app kettle',
  'mc alias set shop http://minio:9000 admin «kettle»',
  'mc alias xset shop http://minio:9000 admin kettle',
  'mc alias sets shop http://minio:9000 admin kettle',
  'xmc alias set shop http://minio:9000 admin kettle',
  'mcx alias set shop http://minio:9000 admin kettle',
  'htpasswd -b file app «kettle»',
  'htpasswd -cb file app «kettle»',
  'htpasswd -bc file app «kettle»',
  'htpasswd -bBc file app «kettle»',
  'htpasswd -Bcb file app «kettle»',
  'htpasswd x-b file app kettle',
  'htpasswd -b- file app kettle',
  'xhtpasswd -b file app kettle',
  'htpasswdx -b file app kettle',
  // Settings.
  'aws configure set aws_secret_access_key «5f3c1d9a»',
  'redis-cli CONFIG SET requirepass «hunter22»',
  'redis-cli config set title 5f3c1d9a',
  'redis-cli config reset requirepass hunter22',
  'redis-cli config sets requirepass hunter22',
  'redis-cli myconfig set requirepass hunter22',
  'redis-cli configured set requirepass hunter22',
  'redis-cli config get requirepass hunter22',
  'requirepass hunter22',
  'set requirepass hunter22',
])('of the words %j', (command) => {
  const templates = wordsOf(command).map(unmarked);
  const expected = templates.flatMap(({ marked }, word) =>
    marked.filter(({ start, end }) => end > start).map((one) => ({ word, ...one })),
  );
  expect(credentialsInWords(templates.map(({ text }) => text))).toEqual(expected);
});

it.each([
  'run --password «hunter22»',
  'run -x\nrun --password «hunter22» -y; run --token «5f3c1d9a»',
  "run --password '«hunter22»'",
  'run "--password=«hunter22»" -x',
  'run --password «hun"ter22"»',
  'run «--password=hun"ter22"» -x',
  'run --password=«hunter22»',
  'mysql -p«kettle»',
  'aws configure  set  aws_secret_access_key «5f3c1d9a»',
  'redis-cli CONFIG SET requirepass «hunter22»',
  'rabbitmqctl add_user app «kettle»',
  'rabbitmqctl change_password app «kettle»',
  'mc alias set shop http://minio:9000 admin «kettle»',
  'run password hunter22',
])('of the script %j', (template) => {
  const { text, marked } = unmarked(template);
  expect(credentialsInScript(text)).toEqual(marked);
  expect(credentialsInScript(text, 100)).toEqual(
    marked.map(({ start, end }) => ({ start: start + 100, end: end + 100 })),
  );
});
