/**
 * Black-box tests: a real server process seen through the AWS SDKs of three languages, the AWS CLI,
 * raw HTTP, its command line and its exit status. Nothing here knows a class of Ostraka.
 */
@NullMarked
package org.ostraka.conformance;

import org.jspecify.annotations.NullMarked;
