/* What announces a secret, in the languages people write. Case and diacritics of Latin letters do not count. */

/** Words for what people choose. */
export const PASSWORD_WORDS: readonly string[] = [
  'password', 'passwd', 'passphrase', 'pgpassword', 'dbpassword', 'dbpasswd', 'dbpwd', 'rootpassword', 'adminpassword',
  'userpassword', 'loginpassword', 'keypass', 'storepass', 'pwd', 'pass', 'userpass', 'dbpass', 'mot de passe', 'mdp', 'passwort', 'kennwort', 'contrasena', 'clave',
  'senha', 'palavra passe', 'wachtwoord', 'haslo', 'parola', 'losenord', 'sifre', 'adgangskode', 'salasana', 'heslo',
  'пароль', 'contraseña', '密码', 'パスワード', '비밀번호', 'pw', 'pword', 'passw', 'pswd', 'passwrd', 'passcode', 'pass word',
  'pass phrase', 'pass code', 'wifi key', 'wi fi key', 'wlan schlussel', 'wifi code', 'code wifi', 'wifi pass', 'cle wifi', 'clave wifi', 'chiave wifi', 'wlan key', 'wpa key', 'psk', 'wpa psk', 'preshared key', 'pre shared key', 'convert to secure string', 'network key', 'wep key', 'netzwerkschlussel', 'zugangscode', 'codigo de acceso', 'codice di accesso', 'salasanani', 'sifrem', 'sifresi', 'losenordet', 'passordet', 'hasla', 'parolen', 'kodeord', 'passord', 'jelszo', 'lozinka', 'slaptazodis',
  'adgangskoden', 'kodeordet', 'salasana on', 'srcstorepass', 'deststorepass', 'srckeypass', 'destkeypass',
  'parool', 'kata sandi', 'mat khau', 'contrassenya', 'пароля', '密碼', '口令', '暗号', '암호', '패스워드', 'كلمة المرور', 'كلمة السر', 'סיסמה', 'הסיסמה', 'κωδικός',
  'รหัสผ่าน', 'पासवर्ड', 'κωδικός πρόσβασης',
] // prettier-ignore

/** Words for what machines make. */
export const SECRET_WORDS: readonly string[] = [
  'secret', 'client secret', 'app secret', 'api secret', 'consumer secret', 'secret key', 'secret access key', 'api key',
  'apikey', 'api token', 'access key', 'access token', 'auth token', 'auth key', 'authorization', 'bearer', 'refresh token',
  'private key', 'signing key', 'encryption key', 'master key', 'token', 'webhook secret', 'session secret', 'credential',
  'credentials', 'license key', 'account key', 'storage key', 'service key', 'app key', 'application key', 'deploy key', 'x api key',
  'schlussel', 'cle api', 'clave api', 'chiave api', 'chave api', 'klucz api', 'jeton', 'ficha', 'wif', 'subscription key', 'appid', 'client key data',
] // prettier-ignore

/** Words for a name and its password together. */
export const PAIR_WORDS: readonly string[] = [
  'creds', 'cred', 'credentials', 'login', 'logins', 'log in', 'logon', 'zugangsdaten', 'anmeldedaten', 'logindaten', 'identifiants',
  'credenciales', 'credenziali', 'credenciais', 'login details', 'login data', 'login info', 'access data', 'inloggegevens', 'dane logowania', 'giris bilgileri', 'inloggningsuppgifter',
] // prettier-ignore

/** Names that no cookie but a session's has. */
export const SESSION_WORDS: readonly string[] = [
  'phpsessid',
  'jsessionid',
  'connect sid',
  'laravel session',
  'csrftoken',
]

/** Words for the words that a wallet is made again from. */
export const SEED_WORDS: readonly string[] = [
  'seed phrase', 'seed words', 'seed', 'recovery phrase', 'recovery words', 'mnemonic', 'mnemonic phrase', 'backup phrase', 'wallet phrase',
  'wallet backup', 'wallet words', 'secret phrase', 'secret recovery phrase', 'mnemonik', 'frase semilla', 'frase semente', 'phrase de recuperation',
] // prettier-ignore
