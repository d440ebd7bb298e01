// Boost.JSON, compiled once for the whole engine.
#include <boost/json/src.hpp>
