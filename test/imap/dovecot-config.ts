/** Where a test's Dovecot lives and as whom it runs. */
export interface DovecotFiles {
  dir: string;
  uid: number;
  gid: number;
  user: string;
  group: string;
  port: number;
  tlsPort: number;
}

/** All that a Dovecot 2.3 needs to run without privileges: one user for everything, and no chroot. */
export const dovecotConfig = (
  { dir, uid, gid, user, group, port, tlsPort }: DovecotFiles,
  tls: boolean,
): string => `
protocols = imap
listen = 127.0.0.1
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
first_valid_gid = 1
mail_home = ${dir}/mail/%u
mail_location = maildir:~/Maildir
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mailbox_idle_check_interval = 1 secs
ssl = ${tls ? 'yes' : 'no'}
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
passdb {
  driver = passwd-file
  args = ${dir}/passwd
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}/mail/%u allow_all_users=yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
  # Else a wrong password delays every later login from this address.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service auth {
  user = ${user}
}
service auth-worker {
  user = ${user}
}
`;
