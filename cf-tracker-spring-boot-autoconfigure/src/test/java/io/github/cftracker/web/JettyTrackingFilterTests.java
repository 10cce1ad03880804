package io.github.cftracker.web;

class JettyTrackingFilterTests extends TrackingFilterTests {

	JettyTrackingFilterTests() {
		super(Server.JETTY);
	}

}
