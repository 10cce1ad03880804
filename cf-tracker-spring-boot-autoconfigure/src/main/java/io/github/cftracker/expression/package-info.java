/**
 * Internal: template language of annotations, text with Spring expressions.
 */
@NullMarked
package io.github.cftracker.expression;

import org.jspecify.annotations.NullMarked;
