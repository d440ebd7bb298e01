// One table a type: the fields of a request or result, from which codec, JSON schema, command-line
// help, `describe` and the C# types all follow.
//
// A type joins by a specialisation beside it:
//
//   template <> struct Record<Ping> {
//     static constexpr std::string_view name = "Ping";
//     static constexpr std::string_view sentence = "Asks for an answer.";
//     static constexpr auto fields = std::make_tuple(
//         field("delay_ms", &Ping::delay_ms, "Waits so long first.").at_least(0));
//   };
//
// A member's initialiser is its default; a std::optional one may be absent; any other is always
// there in a result. Members may be bool, std::int64_t, double, std::string, json::value,
// json::object, an enum with a Choice, another Record, and std::optional, std::vector or
// std::map<std::string, …> of these; null stands for nothing in a map of optionals, nowhere else.
// Include this header in sources only; reading and writing the tables happens in fields.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/json.h"

namespace ratchet {

template <class T>
struct Record;

template <class E>
struct Choice;

template <class E>
struct ChoiceValue {
  E value;
  std::string_view name;
  std::string_view sentence;
};

struct Bounds {
  bool required = false;
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
  std::int64_t shortest = 0;  ///< characters of a text, items of a list
};

template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
  std::string_view sentence;
  Bounds bounds;

  /// Must stand in a request.
  [[nodiscard]] constexpr Field required() const {
    Field copy = *this;
    copy.bounds.required = true;
    return copy;
  }
  [[nodiscard]] constexpr Field at_least(std::int64_t minimum) const {
    Field copy = *this;
    copy.bounds.minimum = minimum;
    return copy;
  }
  [[nodiscard]] constexpr Field at_most(std::int64_t maximum) const {
    Field copy = *this;
    copy.bounds.maximum = maximum;
    return copy;
  }
  [[nodiscard]] constexpr Field not_empty() const {
    Field copy = *this;
    copy.bounds.shortest = 1;
    return copy;
  }
};

/// `member` may be one of a base of the record.
template <class Owner, class Member>
[[nodiscard]] constexpr Field<Owner, Member> field(std::string_view name, Member Owner::*member,
                                                   std::string_view sentence) {
  return {name, member, sentence, {}};
}

/// Which way a type travels: it decides what a schema calls required.
enum class Direction { request, result };

/// The definitions that a schema refers to, `$defs`, filled while it is built.
struct SchemaBuilder {
  Direction direction;
  json::object definitions;
};

/// Where in a request a value stands, for messages; a list on the stack, from the inside out.
struct Place {
  const Place* parent = nullptr;
  std::string_view key;
  std::size_t index = 0;
  /// A JSON pointer, "" for the root.
  [[nodiscard]] std::string pointer() const;
};

namespace fields {

/// A row of a table without its types.
struct Row {
  std::string_view name;
  std::string_view sentence;
  Bounds bounds;
  bool may_be_absent;
  void (*read)(void* owner, const json::value& value, const Place& place, const Bounds& bounds);
  /// False: leave the key out.
  bool (*write)(const void* owner, json::value& out);
  json::object (*schema)(SchemaBuilder& builder);
};

void read_record(void* owner, const json::value& value, const Place& place,
                 std::span<const Row> rows, std::string_view type);
json::object write_record(const void* owner, std::span<const Row> rows);
json::object record_schema(const void* defaults, std::span<const Row> rows, std::string_view type,
                           std::string_view sentence, SchemaBuilder& builder);

bool read_bool(const json::value& value, const Place& place);
std::int64_t read_integer(const json::value& value, const Place& place, const Bounds& bounds);
double read_number(const json::value& value, const Place& place);
std::string read_text(const json::value& value, const Place& place, const Bounds& bounds);
const json::object& read_object(const json::value& value, const Place& place);
const json::array& read_list(const json::value& value, const Place& place, const Bounds& bounds);
std::size_t read_choice(const json::value& value, const Place& place,
                        std::span<const std::string_view> names);
json::object choice_schema(std::span<const std::string_view> names,
                           std::span<const std::string_view> sentences);

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};

template <class T>
std::span<const Row> rows();

template <class E>
constexpr auto choice_names() {
  std::array<std::string_view, Choice<E>::values.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = Choice<E>::values[i].name;
  return names;
}

template <class T>
T read(const json::value& value, const Place& place, const Bounds& bounds) {
  if constexpr (std::is_same_v<T, bool>) {
    return read_bool(value, place);
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return read_integer(value, place, bounds);
  } else if constexpr (std::is_same_v<T, double>) {
    return read_number(value, place);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return read_text(value, place, bounds);
  } else if constexpr (std::is_same_v<T, json::value>) {
    return value;
  } else if constexpr (std::is_same_v<T, json::object>) {
    return read_object(value, place);
  } else if constexpr (std::is_enum_v<T>) {
    static constexpr auto names = choice_names<T>();
    return Choice<T>::values[read_choice(value, place, names)].value;
  } else if constexpr (IsOptional<T>::value) {
    return read<typename T::value_type>(value, place, bounds);
  } else if constexpr (IsVector<T>::value) {
    T list;
    const json::array& items = read_list(value, place, bounds);
    list.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      list.push_back(read<typename T::value_type>(items[i], Place{&place, {}, i}, {}));
    }
    return list;
  } else if constexpr (IsMap<T>::value) {
    T map;
    for (const auto& member : read_object(value, place)) {
      const std::string_view key(member.key().data(), member.key().size());
      const bool is_nothing =
          IsOptional<typename T::mapped_type>::value && member.value().is_null();
      if (is_nothing) {
        map.emplace(key, typename T::mapped_type{});
        continue;
      }
      map.emplace(key, read<typename T::mapped_type>(member.value(), Place{&place, key}, {}));
    }
    return map;
  } else {
    T record{};
    read_record(&record, value, place, rows<T>(), Record<T>::name);
    return record;
  }
}

template <class T>
json::value write(const T& value) {
  if constexpr (std::is_same_v<T, json::value> || std::is_same_v<T, json::object> ||
                std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
    return json::value(value);
  } else if constexpr (std::is_enum_v<T>) {
    for (const auto& choice : Choice<T>::values) {
      if (choice.value == value) return json::value(choice.name);
    }
    return nullptr;
  } else if constexpr (IsOptional<T>::value) {
    return value ? write(*value) : json::value(nullptr);
  } else if constexpr (IsVector<T>::value) {
    json::array list;
    list.reserve(value.size());
    for (const auto& item : value)
      list.push_back(write(item));
    return list;
  } else if constexpr (IsMap<T>::value) {
    json::object object;
    for (const auto& [key, item] : value)
      object.emplace(key, write(item));
    return object;
  } else {
    return write_record(&value, rows<T>());
  }
}

template <class T>
json::object schema(SchemaBuilder& builder) {
  if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return {{"type", "integer"}};
  } else if constexpr (std::is_same_v<T, double>) {
    return {{"type", "number"}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {{"type", "string"}};
  } else if constexpr (std::is_same_v<T, json::value>) {
    return {};
  } else if constexpr (std::is_same_v<T, json::object>) {
    return {{"type", "object"}};
  } else if constexpr (IsOptional<T>::value) {
    return schema<typename T::value_type>(builder);
  } else if constexpr (IsVector<T>::value) {
    return {{"type", "array"}, {"items", schema<typename T::value_type>(builder)}};
  } else if constexpr (IsMap<T>::value) {
    json::object values = schema<typename T::mapped_type>(builder);
    if constexpr (IsOptional<typename T::mapped_type>::value)
      values = {{"anyOf", json::array{std::move(values), json::object{{"type", "null"}}}}};
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
  } else {
    std::string_view name;
    if constexpr (std::is_enum_v<T>) {
      name = Choice<T>::name;
      if (!builder.definitions.contains(name)) {
        static constexpr auto names = choice_names<T>();
        std::vector<std::string_view> sentences;
        sentences.reserve(names.size());
        for (const auto& choice : Choice<T>::values)
          sentences.push_back(choice.sentence);
        builder.definitions.emplace(name, choice_schema(names, sentences));
      }
    } else {
      name = Record<T>::name;
      if (!builder.definitions.contains(name)) {
        builder.definitions.emplace(name, nullptr);  // a type may hold itself
        const T defaults{};
        json::object built =
            record_schema(&defaults, rows<T>(), name, Record<T>::sentence, builder);
        builder.definitions[name] = std::move(built);
      }
    }
    return {{"$ref", "#/$defs/" + std::string(name)}};
  }
}

template <class T, std::size_t I>
constexpr Row row() {
  using FieldType = std::tuple_element_t<I, std::remove_cvref_t<decltype(Record<T>::fields)>>;
  using Member =
      std::remove_cvref_t<decltype(std::declval<T>().*(std::declval<FieldType>().member))>;
  return Row{
      std::get<I>(Record<T>::fields).name,
      std::get<I>(Record<T>::fields).sentence,
      std::get<I>(Record<T>::fields).bounds,
      IsOptional<Member>::value,
      [](void* owner, const json::value& value, const Place& place, const Bounds& bounds) {
        static_cast<T*>(owner)->*(std::get<I>(Record<T>::fields).member) =
            read<Member>(value, place, bounds);
      },
      [](const void* owner, json::value& out) {
        const Member& member =
            static_cast<const T*>(owner)->*(std::get<I>(Record<T>::fields).member);
        if constexpr (IsOptional<Member>::value) {
          if (!member) return false;
        }
        out = write(member);
        return true;
      },
      [](SchemaBuilder& builder) { return schema<Member>(builder); },
  };
}

template <class T, std::size_t... I>
constexpr auto make_rows(std::index_sequence<I...> /*indices*/) {
  return std::array<Row, sizeof...(I)>{row<T, I>()...};
}

template <class T>
std::span<const Row> rows() {
  using Tuple = std::remove_cvref_t<decltype(Record<T>::fields)>;
  static constexpr auto table = make_rows<T>(std::make_index_sequence<std::tuple_size_v<Tuple>>{});
  return table;
}

}  // namespace fields

/// A request's value as its type. Throws Error: request.unknown_key (with the nearest name),
/// request.missing_key, request.wrong_type, request.constraint; the message names the JSON pointer.
template <class T>
[[nodiscard]] T from_json(const json::value& value) {
  return fields::read<T>(value, Place{}, {});
}

/// The value with its keys in the table's order; absent optionals are left out.
template <class T>
[[nodiscard]] json::value to_json(const T& value) {
  return fields::write(value);
}

/// The type's JSON schema (2020-12) with its `$defs`.
template <class T>
[[nodiscard]] json::object schema_of(Direction direction) {
  SchemaBuilder builder{direction, {}};
  json::object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}};
  for (auto& member : fields::schema<T>(builder))
    schema.insert(member);
  if (!builder.definitions.empty()) schema.emplace("$defs", std::move(builder.definitions));
  return schema;
}

}  // namespace ratchet
