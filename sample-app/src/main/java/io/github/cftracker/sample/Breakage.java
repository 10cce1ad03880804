package io.github.cftracker.sample;

import io.github.cftracker.test.Fault;
import io.github.cftracker.test.LocalCloudFront;

/**
 * What may go wrong at CloudFront.
 */
enum Breakage {

	/**
	 * The AWS SDK repeats a call that is throttled three times by itself.
	 */
	THROTTLE("CloudFront throttles the next calls") {

		@Override
		void happenTo(LocalCloudFront cloudFront) {
			cloudFront.fail(4, Fault.THROTTLE);
		}

	},

	BAD_PATH("CloudFront rejects a path of the next batch") {

		@Override
		void happenTo(LocalCloudFront cloudFront) {
			cloudFront.refuseNext(400, "InvalidArgument",
					"Your request contains one or more invalid invalidation paths.");
		}

	},

	REFUSE("CloudFront refuses the next call because the permission is missing") {

		@Override
		void happenTo(LocalCloudFront cloudFront) {
			cloudFront.fail(1, Fault.ACCESS_DENIED);
		}

	};

	private final String description;

	Breakage(String description) {
		this.description = description;
	}

	abstract void happenTo(LocalCloudFront cloudFront);

	String description() {
		return this.description;
	}

}
