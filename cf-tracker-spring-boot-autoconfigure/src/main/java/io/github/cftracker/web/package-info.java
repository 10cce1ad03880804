/**
 * Internal: the filter of a servlet application, cache tags of responses, and path
 * patterns. The only package besides the auto-configuration that uses the Servlet API and
 * Spring Web.
 */
@NullMarked
package io.github.cftracker.web;

import org.jspecify.annotations.NullMarked;
