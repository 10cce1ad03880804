package io.github.cftracker.web;

class TomcatTrackingFilterTests extends TrackingFilterTests {

	TomcatTrackingFilterTests() {
		super(Server.TOMCAT);
	}

}
