"""Names as people write them, and what they become in each language.

The expectations follow each language's own conventions, not what the templates give.
"""

# A name as people write it, and its forms: snake, camel, pascal, kebab.
NAMES = {
    "order_item": ("order_item", "orderItem", "OrderItem", "order-item"),
    "orderItem": ("order_item", "orderItem", "OrderItem", "order-item"),
    "OrderItem": ("order_item", "orderItem", "OrderItem", "order-item"),
    "order-item": ("order_item", "orderItem", "OrderItem", "order-item"),
    "order item": ("order_item", "orderItem", "OrderItem", "order-item"),
    "ORDER_ITEM": ("order_item", "orderItem", "OrderItem", "order-item"),
    "HTTPServer2": ("http_server2", "httpServer2", "HttpServer2", "http-server2"),
    "x": ("x", "x", "X", "x"),
    "größe": ("größe", "größe", "Größe", "größe"),
    "日本語": ("日本語", "日本語", "日本語", "日本語"),
    "नमस्ते": ("नमस्ते", "नमस्ते", "नमस्ते", "नमस्ते"),
    "class": ("class", "class", "Class", "class"),
    "def": ("def", "def", "Def", "def"),
    "type": ("type", "type", "Type", "type"),
    "func": ("func", "func", "Func", "func"),
    "function": ("function", "function", "Function", "function"),
    "none": ("none", "none", "None", "none"),
    "true": ("true", "true", "True", "true"),
}
PYTHON_MODULES = {"class": "class_", "def": "def_"}
PYTHON_CLASSES = {"none": "None_", "true": "True_"}
GO_PACKAGES = {"type": "typepkg", "func": "funcpkg"}
GO_REFUSES = ["größe", "日本語", "नमस्ते"]  # a path of a Go module is ASCII
JAVASCRIPT_FUNCTIONS = {"class": "class_", "function": "function_", "true": "true_"}

# What is no name in any language, or not one that stays what it is: é as two code points is
# another name to file systems than to compilers.
REFUSED_NAMES = ["", "9lives", "a/b", "a.b", "it's", "x\ny", "nai\u0308ve", "a\u0301"]
