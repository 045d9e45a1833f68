#!/bin/sh
# Makes the secrets that compose.yaml asks for:  sh make-env.sh > .env
# Keep them: what is sealed under WEIR_MASTER_KEY cannot be opened without it.
set -eu
umask 077

hash_of() { printf %s "$1" | openssl dgst -sha256 -r | cut -d ' ' -f 1; }

token=$(openssl rand -hex 32)
migrator=$(openssl rand -hex 24)
writer=$(openssl rand -hex 24)
reader=$(openssl rand -hex 24)

cat <<END
WEIR_MASTER_KEY=$(openssl rand -base64 32)
WEIR_TOKEN=$token
WEIR_TOKENS=default $(hash_of "$token")
WEIR_MIGRATOR_PASSWORD=$migrator
WEIR_MIGRATOR_SHA256=$(hash_of "$migrator")
WEIR_WRITER_PASSWORD=$writer
WEIR_WRITER_SHA256=$(hash_of "$writer")
WEIR_READER_PASSWORD=$reader
WEIR_READER_SHA256=$(hash_of "$reader")
END
