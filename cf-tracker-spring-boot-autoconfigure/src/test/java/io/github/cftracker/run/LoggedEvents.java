package io.github.cftracker.run;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * Log lines of the package, with their levels.
 */
final class LoggedEvents implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.cftracker.run");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final Level before = this.logger.getLevel();

	LoggedEvents() {
		this.logger.setLevel(Level.INFO);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	List<String> at(Level level) {
		synchronized (this.appender) {
			return List.copyOf(this.appender.list)
				.stream()
				.filter((event) -> event.getLevel() == level)
				.map(ILoggingEvent::getFormattedMessage)
				.toList();
		}
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(this.before);
	}

}
