package io.github.cftracker.web;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;

/**
 * The servlet containers.
 */
enum Server {

	TOMCAT {

		@Override
		ConfigurableServletWebServerFactory createFactory() {
			return new TomcatServletWebServerFactory();
		}

	},

	JETTY {

		@Override
		ConfigurableServletWebServerFactory createFactory() {
			return new JettyServletWebServerFactory();
		}

	};

	abstract ConfigurableServletWebServerFactory createFactory();

}
