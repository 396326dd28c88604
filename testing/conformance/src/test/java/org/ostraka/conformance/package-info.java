/**
 * Black-box tests: they use a real server process through the AWS SDKs of three languages, the AWS
 * CLI, raw HTTP, its command line and its exit status. Nothing here uses a class of Ostraka.
 */
@NullMarked
package org.ostraka.conformance;

import org.jspecify.annotations.NullMarked;
