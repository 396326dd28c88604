#!/usr/bin/env bash
# web-identity.sh ISSUER TOKEN_FILE: a role that the AWS CLI assumes by a token instead of keys.
#
# AWS_ENDPOINT_URL names the server; the credentials of the root user and the region are in the environment. The exit
# status is 1 if something was not as expected.
set -uo pipefail
issuer="$1" token="$2"

# expect TEXT COMMAND: what the command prints must contain the text; it may fail.
expect() {
  local expected="$1" said
  shift
  said="$("$@" 2>&1)"
  [[ $said == *"$expected"* ]] || {
    printf '  %s\n' "$*" "expected: $expected" "but was:  $said"
    exit 1
  }
}

account="$(aws sts get-caller-identity --query Account --output text)"
provider="arn:aws:iam::$account:oidc-provider/${issuer#https://}"
expect "$provider" aws iam create-open-id-connect-provider --url "$issuer" --client-id-list ostraka
expect 'role/Deployer' aws iam create-role --role-name Deployer --assume-role-policy-document \
  "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRoleWithWebIdentity\",
  \"Principal\":{\"Federated\":\"$provider\"},
  \"Condition\":{\"StringEquals\":{\"${issuer#https://}:sub\":\"ci\"}}}]}"
aws iam put-role-policy --role-name Deployer --policy-name list --policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:ListTables","Resource":"*"}]}' || exit 1

# The AWS CLI keeps credentials of roles below the home directory, also those of another server.
HOME="$(dirname "$token")"
export HOME
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
export AWS_ROLE_ARN="arn:aws:iam::$account:role/Deployer" AWS_ROLE_SESSION_NAME=build AWS_WEB_IDENTITY_TOKEN_FILE="$token"
expect '"TableNames": []' aws dynamodb list-tables
expect 'assumed-role/Deployer/build is not authorized' aws iam list-users
