package io.github.cftracker.web;

import io.github.cftracker.CacheTags;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * A page behind a proxy, as aspects make them.
 */
@Controller
class ProxiedPages {

	@GetMapping("/proxied/{id}")
	@ResponseBody
	@CacheTags("product:#{#id}")
	public String proxied(@PathVariable long id) {
		return "proxied";
	}

}
