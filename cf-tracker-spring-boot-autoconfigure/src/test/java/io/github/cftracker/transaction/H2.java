package io.github.cftracker.transaction;

import java.util.UUID;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;

import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A database of its own for each test.
 */
final class H2 {

	private H2() {
	}

	static DataSource dataSource() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:mem:" + UUID.randomUUID());
		return dataSource;
	}

	static JdbcTransactionManager transactionManager() {
		return new JdbcTransactionManager(dataSource());
	}

}
