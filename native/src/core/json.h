// JSON values are Boost.JSON's; reading a user's text is ours, because positions and duplicates
// matter.
#pragma once

#include <boost/json.hpp>

namespace ratchet {

namespace json = boost::json;

}  // namespace ratchet
