package io.github.cftracker.transaction;

import io.github.cftracker.run.SelectionHints;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Listener that logs hints at what annotations select without an expression, once the
 * application has started.
 */
public final class AnnotationHints implements ApplicationListener<ApplicationReadyEvent> {

	private final InvalidatesCloudFrontAdvisor advisor;

	private final SelectionHints hints;

	/**
	 * Create hints.
	 * @param advisor provides the annotations
	 * @param hints find what is conspicuous
	 */
	public AnnotationHints(InvalidatesCloudFrontAdvisor advisor, SelectionHints hints) {
		this.advisor = advisor;
		this.hints = hints;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		this.advisor.methods().forEach((method) -> method.forEachLiteral(this.hints::log));
	}

}
