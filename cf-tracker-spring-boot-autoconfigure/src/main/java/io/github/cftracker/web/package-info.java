/**
 * Internal: the filter of a servlet application, cache tags of responses, and path
 * patterns. With the auto-configuration and {@code ResponseTags}, the only code that uses
 * the Servlet API and Spring Web.
 */
@NullMarked
package io.github.cftracker.web;

import org.jspecify.annotations.NullMarked;
